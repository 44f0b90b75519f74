"""What is looked for in rows and answers, and respondents against the frame."""
