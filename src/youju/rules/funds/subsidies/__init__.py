"""Subsidies (政策兑现): policies as data, computed on a party's facts; the rules SUB-…"""
