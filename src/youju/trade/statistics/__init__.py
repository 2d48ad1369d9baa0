"""Statistics of released goods: dashboards, exports, the big screen, the bulletin, district figures, alerts (统计监测)."""
