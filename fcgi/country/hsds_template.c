/* SPDX-License-Identifier: Apache-2.0
 *
 * The empty one-sheet template as .xlsx: headings, one example row to be replaced, and a second
 * sheet that says in words what each column is for. */
#include "hsds.h"

#include <xlsxwriter.h>

static const char *const example[][2] = {
	/* in the order of hsds_sheet_columns: an example, and what the column is for */
	{ "Municipal social centre", "Who offers the service. Rows with the same name are one organization. Needed." },
	{ "Help at home for older people", "What it is called. Needed." },
	{ "Two visits a week: shopping, cleaning, company.", "What the person gets, in plain words." },
	{ "People over 70 who live alone", "Information only; nobody's right is decided here." },
	{ "Come to the centre or call", "The first step." },
	{ "Free", "What it costs the person." },
	{ "About two weeks", "How long people wait as a rule." },
	{ "Identity card; proof of address", "What to bring, parted by semicolons." },
	{ "en", "Languages spoken, as codes (en; fr), parted by semicolons." },
	{ "Day centre", "The name of the place where it is offered; empty when it has none." },
	{ "Main street 1", "Street and number." },
	{ "Sampletown", "Town or village." },
	{ "Sample region", "Province, governorate or district." },
	{ "0001", "Postal code." },
	{ "ZZ", "Two letters of the country." },
	{ "+000 00 000000", "Telephone of the place." },
	{ "centre@example.org", "E-mail of the service." },
	{ "https://example.org", "Its page." },
	{ "Mon–Fri 9:00–17:00", "When the place is open." },
};

bool hsds_write_template(struct hsds *directory, const char *path)
{
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "services"), *words = workbook_add_worksheet(book, "what the columns are for");
	lxw_format *bold = workbook_add_format(book);
	format_set_bold(bold);
	for (lxw_col_t i = 0; hsds_sheet_columns[i]; i++) {
		worksheet_write_string(sheet, 0, i, hsds_sheet_columns[i], bold);
		worksheet_write_string(sheet, 1, i, example[i][0], NULL);
		worksheet_write_string(words, i, 0, hsds_sheet_columns[i], bold);
		worksheet_write_string(words, i, 1, example[i][1], NULL);
	}
	worksheet_set_column(sheet, 0, 18, 24, NULL);
	worksheet_set_column(words, 0, 1, 40, NULL);
	worksheet_freeze_panes(sheet, 1, 0);
	lxw_error error = workbook_close(book);
	if (error)
		hsds_say(directory, true, path, 0, "it cannot be written: %s", lxw_strerror(error));
	return !error;
}
