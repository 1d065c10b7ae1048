"""The `kiosk` commands: one module per kind, each registering its verbs on the app that kiosk/cli.py builds."""
