"""The Store: engine, read and write transactions, schema version. The only file that names a dialect."""
