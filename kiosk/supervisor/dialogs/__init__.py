"""What the supervisor is asked."""

from kiosk.supervisor.dialogs.sign_in import SignInDialog

__all__ = ["SignInDialog"]
