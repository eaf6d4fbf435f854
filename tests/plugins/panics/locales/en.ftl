# Texts of the plugin that fails.
plugin-name = Panics
plugin-description = Fails in every way it can.
