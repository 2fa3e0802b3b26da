"""Who is heard: panels and consultations beside the population, what was answered, who spoke and whose proposals were taken up."""
