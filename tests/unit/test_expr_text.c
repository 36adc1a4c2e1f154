/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions on text in form expressions, digests among them. */
#include "expr_rows.h"

static void parts(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "substr('hello',0)", "hello" }, { "substr('hello',0,5)", "hello" }, { "substr('hello',1)", "ello" }, { "substr('hello',1,5)", "ello" },
	     { "substr('hello',1,4)", "ell" }, { "substr('hello',-2)", "lo" }, { "substr('hello',0,-1)", "hell" }, { "substr('hello',9)", "" },
	     { "substr('hello',3,2)", "" }, { "substr('hello',-9)", "hello" }, { "substr('hello',0,99)", "hello" }, { "substr('',0,1)", "" },
	     { "substr('0123456789', 2, 4)", "23" }, { "substr('Սեդա', 1, 3)", "եդ" }, { "substr('hello')", NULL },
	     { "substring('12345', 2, 3)", "234" }, { "substring('12345', 2)", "2345" }, { "substring('12345', -1)", "12345" },
	     { "substring('12345', 1 div 0)", "" }, { "substring('12345', 0 div 0)", "" }, { "substring('12345', -1 div 0)", "12345" },
	     { "substring('12345', 1.5, 2.6)", "234" }, { "substring('12345', 1.3, 2.3)", "12" }, { "substring('12345', 0, 3)", "12" },
	     { "substring('12345', 0, -1 div 0)", "" }, { "substring('12345', 0 div 0, 3)", "" }, { "substring('12345', 1, 0 div 0)", "" },
	     { "substring('12345', -42, 1 div 0)", "12345" }, { "substring('12345', -1 div 0, 1 div 0)", "" }, { "substring('Սեդա', 2, 2)", "եդ" },
	     { "substring(1, 2, 3, 4)", NULL }, { "substring(1)", NULL },
	     { "substring-before('hello','l')", "he" }, { "substring-before('hello','q')", "" }, { "substring-before('hello','')", "" },
	     { "substring-before('','')", "" }, { "substring-before('','q')", "" }, { "substring-before('ab', 'a')", "" }, { "substring-before('abb', 'b')", "a" },
	     { "substring-after('hello','l')", "lo" }, { "substring-after('hello','q')", "" }, { "substring-after('hello','')", "hello" },
	     { "substring-after('','')", "" }, { "substring-after('','q')", "" }, { "substring-after('aab', 'a')", "ab" }, { "substring-after('ab', 'b')", "" },
	     { "substring-before(1)", NULL }, { "substring-after(1, 2, 3)", NULL });
}

static void searching(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "contains('a', 'a')", "true" }, { "contains('a', 'b')", "false" }, { "contains('abc', 'b')", "true" }, { "contains('abc', 'bcd')", "false" },
	     { "not(contains('a', 'b'))", "true" }, { "contains('', '')", "true" }, { "contains('', 'a')", "false" }, { "contains('a', '')", "true" },
	     { "contains('asdf', 'af')", "false" }, { "contains(1)", NULL }, { "contains(1, 2, 3)", NULL },
	     { "starts-with('abc', 'a')", "true" }, { "starts-with('', 'a')", "false" }, { "starts-with('', '')", "true" }, { "starts-with('a', '')", "true" },
	     { "starts-with('ba', 'b')", "true" }, { "starts-with('a', 'b')", "false" }, { "starts-with(1)", NULL },
	     { "ends-with('abc', 'a')", "false" }, { "ends-with('abc', 'c')", "true" }, { "ends-with('', '')", "true" }, { "ends-with('a', 'ba')", "false" },
	     { "ends-with('a')", NULL }, { "ends-with(1, 2, 3)", NULL },
	     { "string-length('')", "0" }, { "string-length(' ')", "1" }, { "string-length('\r\n')", "2" }, { "string-length('a')", "1" },
	     { "string-length('Սեդա')", "4" }, { "string-length(1234.5)", "6" }, { "string-length(1, 2)", NULL });
}

static void changing(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "translate('hello','l','L')", "heLLo" }, { "translate('hello','q','Q')", "hello" }, { "translate('hello','','L')", "hello" },
	     { "translate('hello','l','')", "heo" }, { "translate('','l','L')", "" }, { "translate('hello','lo','LO')", "heLLO" },
	     { "translate('hello world','hello','')", " wrd" }, { "translate('hello wor,ld',' ,',', ')", "hello,wor ld" },
	     { "translate('2019/01/02','/','-')", "2019-01-02" }, { "translate('aabb', 'ab', 'ba')", "bbaa" }, { "translate('aa', 'aa', 'bc')", "bb" },
	     { "translate('ab', 'a', 'AB')", "Ab" }, { "translate('Սեդա', 'եա', 'eա')", "Սeդա" }, { "translate(1, 2)", NULL },
	     { "normalize-space('')", "" }, { "normalize-space('    ')", "" }, { "normalize-space('  a')", "a" }, { "normalize-space('  a  b  ')", "a b" },
	     { "normalize-space(' \r\n\t')", "" }, { "normalize-space(' \f\v ')", "\f\v" }, { "normalize-space('\na  \f \r\v  b\r\n  ')", "a \f \v b" },
	     { "normalize-space(1, 2)", NULL },
	     { "concat()", "" }, { "concat('a')", "a" }, { "concat('a','b','')", "ab" }, { "concat(0, 0)", "00" }, { "concat('', '', 'b')", "b" },
	     { "concat('ab','cde','','fgh',1,false(),'ijklmnop')", "abcdefgh1falseijklmnop" },
	     { "join(' ', 'This', 'is', 'a', 'sentence.')", "This is a sentence." }, { "join(' ## ')", "" }, { "join('', 1, 2)", "12" },
	     { "join(', ', '', '')", ", " }, { "join()", NULL });
}

static void of_nodes(void **state)
{
	(void)state;
	ROWS(SEES(.xml = "<root><item>1</item><item>2</item><item>3</item><item/><s>  a\n   bc  c\n </s><deep>x<y>y</y>z</deep></root>"),
	     { "join(', ', //item)", "1, 2, 3, " }, { "join(' :: ', /root/item[. != ''])", "1 :: 2 :: 3" }, { "concat(//item)", "123" },
	     { "concat(//item, '-', 'z')", "123-z" }, { "join('-', //item[. > 1], 'x')", "2-3-x" }, { "normalize-space(s)", "a bc c" },
	     { "string(deep)", "xzy" }, { "string-length(//item)", "1" }, { "contains(item, 1)", "true" }, { "string(nothing)", "" },
	     { "translate(item, '1', 'a')", "a" });
	ROWS(SEES(.xml = "<root><a>asdf</a></root>", .context = "/root/a"),
	     { "string-length()", "4" }, { "string()", "asdf" }, { "normalize-space()", "asdf" }, { "number()", "NaN" }, { "name()", "a" });
}

static void patterns(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "regex('12345','[0-9]+')", "true" }, { "regex('abcde','[0-9]+')", "false" }, { "regex('123', '[0-9]{3}')", "true" },
	     /* an exact and complete match, says the documentation */
	     { "regex('1234', '[0-9]{3}')", "false" }, { "regex('1234', '^[0-9]{4}$')", "true" }, { "regex('', '')", "true" }, { "regex('', 'a')", "false" },
	     { "regex('a.b', 'a\\.b')", "true" }, { "regex('axb', 'a\\.b')", "false" }, { "regex('A1', '(?:[A-Z])\\d')", "true" },
	     { "regex('Սեդա', '\\p{IsArmenian}+')", "true" }, { "regex('Սեդա', '\\w{4}')", "true" }, { "regex('a b', '\\S+\\s\\S+')", "true" },
	     { "regex('0012345678', '[0-9]{10}')", "true" }, { "regex('a', '[')", NULL }, { "regex('a', '(')", NULL }, { "regex('a')", NULL },
	     { "regex('Ann-Marie', '^[A-Za-z -]+$')", "true" }, { "regex('ann@example.org', '^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$')", "true" },
	     /* would run for ages */
	     { "regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+')", NULL });
}

static void digests(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "digest('some text', 'MD5', 'base64')", "VS4hzUzZkYZ448Gg30kbww==" },
	     { "digest('some text', 'SHA-1', 'base64')", "N6pjx3OY2VRHMmLhoAV8HmMu2nc=" },
	     { "digest('some text', 'SHA-256', 'base64')", "uU9vElx546X/qoJvWEwQ1SraZp5nYgUbgmtVd20FrtI=" },
	     { "digest('some text', 'SHA-384', 'base64')", "zJTsPphzwLmnJIZEKVj2cQZ833e5QnQW0DFEDMYgQeLuE0RJhEfsDO2fcENGG9Hz" },
	     { "digest('some text', 'SHA-512', 'base64')", "4nMrrtyj6sFAeChjfeHbynAsP8ns4Wz1Nt241hOc2F3+dGS4I1spgm9gjM9KxkPimxnGN4WKPYcQpZER30LdtQ==" },
	     { "digest('some text', 'MD5', 'hex')", "552e21cd4cd9918678e3c1a0df491bc3" }, { "digest('some text', 'MD5')", "VS4hzUzZkYZ448Gg30kbww==" },
	     { "digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d" },
	     { "digest('abc © — xyz', 'MD5', 'hex')", "6f7e606a1d1174d47a3806ca7e76218c" },
	     { "digest('Привет', 'SHA-256', 'hex')", "dd679c0b9fd408a04148aa7d30c9df393f67b7227f65693fffe0ed6d0f0ade59" },
	     { "digest('🎉', 'SHA-256', 'hex')", "6146299cd54818a0e659eb6ac88e80f6f8f70536bbbd962d36973f2d2323f26c" },
	     { "digest('a', 'SHA-3')", NULL }, { "digest('a', 'MD5', 'octal')", NULL }, { "digest('a')", NULL },
	     { "base64-decode('SGVsbG8=')", "Hello" }, { "base64-decode('SGVsbG8')", "Hello" }, { "base64-decode('')", "" },
	     { "base64-decode('1Y3VpdWk1aE=')", "Սեդա" }, { "base64-decode('*')", NULL }, { "base64-decode('//8=')", NULL }, { "base64-decode('AA==')", NULL });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts), cmocka_unit_test(searching), cmocka_unit_test(changing), cmocka_unit_test(of_nodes),
		cmocka_unit_test(patterns), cmocka_unit_test(digests),
	};
	return RUN_TESTS(tests);
}
