"""The demo district: made-up people of a real place, and a year of their life in the Union."""

from app.demo.build import Built, DemoRefused, build_demo

__all__ = ["Built", "DemoRefused", "build_demo"]
