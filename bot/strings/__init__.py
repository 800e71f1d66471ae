"""Every sentence that a user reads, a module a surface: `from bot.strings import chat`."""
