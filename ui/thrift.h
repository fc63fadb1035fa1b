/* SPDX-License-Identifier: MIT */
/* Memory that starting took and waiting does not need. */
#ifndef UI_THRIFT_H
#define UI_THRIFT_H

/* Gives free pages back to the system, those of the heap and those that the
 * stack reached below the caller. What is in use stays. */
void thrift(void);

#endif
