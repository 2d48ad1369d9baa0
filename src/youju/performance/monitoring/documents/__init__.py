"""The official form of monitoring (项目支出绩效运行监控表) as docx and xlsx, and the sheet that sections fill in."""
