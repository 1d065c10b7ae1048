"""The sheet of figures: built once from reports (`build`), then written as a workbook, CSV, a page to print, or text."""
