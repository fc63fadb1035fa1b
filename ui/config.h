/* SPDX-License-Identifier: MIT */
/* The configuration file: servers, keys, mailboxes, defaults. */
#ifndef UI_CONFIG_H
#define UI_CONFIG_H

#include "steps/settings.h"
#include "ui/paper.h"

/* Sets `settings` to their defaults (limit and wait to SETTLE_DEFAULT), reads
 * then `path` into them; where that is NULL SYSCONFDIR/nollego/nollego.conf and
 * then the person's own nollego/nollego.conf, as far as they are there. `lang`
 * (8 bytes) gets the language, `paper` the size, where one is named.
 *
 * INI: [service] url key key_file; [smtp] server tls user password
 * password_file; [mailbox ADDRESS] server tls user password password_file;
 * [defaults] via from to other_from free_to; [general] lang limit wait
 * ca_file; [report] paper. A file with a key or password in it, or named by one, is only read
 * where nobody but its owner can.
 *
 * Returns -1 where all is well, else the status to leave with, once the first
 * thing wrong was said with its file and line. */
int config_read(struct settings *settings, char *lang, struct paper *paper,
                const char *path);

#endif
