"""The parts of assets/fetch: what is published, where it is found, how it is checked, where it is put."""
