"""Demonstration reports written for Consta, the script that builds them, and golden questions over them."""
