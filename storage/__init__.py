"""What is remembered: tables, migrations, SQL."""
