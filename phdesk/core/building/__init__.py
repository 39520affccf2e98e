"""Edit what an insight asks, as a value: opened, changed, checked, written. No window, no clock."""
