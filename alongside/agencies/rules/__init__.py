"""Rules of who works where: pure, dated, sourced."""
