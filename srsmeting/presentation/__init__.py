"""Presentation: the estimate frame in Dutch numbers, words, tables and figures.

It reads the estimate frame and the questionnaire, computes no statistic, and never imports estimation. Figures are not
imported here: ``srsmeting.presentation.figures`` loads seaborn.
"""
