<?cs include!"parts/icon.cs" ?>
<?cs include!"parts/mark.cs" ?>
<?cs include!"parts/field.cs" ?>
<?cs include!"parts/progress.cs" ?>
<?cs include!"parts/list.cs" ?>
<?cs include!"parts/table.cs" ?>
<?cs include!"parts/chart.cs" ?>
