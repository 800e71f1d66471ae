"""What the bot costs, side by side with its peers: `make bench`."""
