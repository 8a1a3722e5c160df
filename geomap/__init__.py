"""geomap: a conflict map from the news, with its evidence."""

__version__ = "0.1.0"
