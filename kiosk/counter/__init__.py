"""The staff's screen at a counter."""

from kiosk.counter.app import CounterApp

__all__ = ["CounterApp"]
