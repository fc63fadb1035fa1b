/* SPDX-License-Identifier: MIT */
/* Memory that starting took and waiting does not need. */
#include "ui/thrift.h"

#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define KEPT 8192      /* right below us: it is in use, or soon will be */
#define REACHED 262144 /* no start goes deeper */

void thrift(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t end = (here - KEPT) & ~(page - 1);

    malloc_trim(0);
    /* Where the stack never came that far there is nothing, which is no
     * problem: what is there is given back all the same. */
    madvise((void *)(end - REACHED), REACHED, MADV_DONTNEED);
}
