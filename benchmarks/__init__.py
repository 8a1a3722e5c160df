"""Commands that measure geomap or fit its weights; none is part of the tests."""
