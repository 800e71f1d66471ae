"""Every word that a user of the bot reads, a module a surface: import the one you need, as in `from bot.strings import
chat`."""
