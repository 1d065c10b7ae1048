"""The pages: the visitor's phone, the hall's board in a browser, the supervisor's overview, health and metrics."""
