/* SPDX-License-Identifier: MIT */
/* How the HTML report looks: the lines of assets/report.css. */
#ifndef UI_REPORT_CSS_H
#define UI_REPORT_CSS_H

/* Each with its newline; ended by NULL. */
extern const char *const report_css[];

#endif
