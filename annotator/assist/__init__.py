"""What helps a reviewer decide: gazetteers and starting lists. Text in, suggestions out; knows no database and no window."""
