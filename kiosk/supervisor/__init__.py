"""The queues at a glance."""

from kiosk.supervisor.app import SupervisorApp

__all__ = ["SupervisorApp"]
