/* SPDX-License-Identifier: MIT */
/* The configuration file: servers, keys, mailboxes, defaults. */
#include "ui/config.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/say.h"
#include "ui/settle.h"

#define FILE_MAX 65536
#define CONFIG_NAME "/nollego/nollego.conf"
#define IMAPS_PORT 993

enum holder { IN_SETTINGS, IN_MAILBOX, IN_LANG, IN_PAPER };

/* A key of a section: which part it belongs to, and where it stands in it. */
static const struct entry {
    const char *section, *key;
    take *take;
    enum holder holder;
    size_t offset, size;
} entries[] = {
#define IN(type, member)                                                       \
    offsetof(struct type, member), sizeof(((struct type *)0)->member)
#define TO(member) IN_SETTINGS, IN(settings, member)
#define BOX(member) IN_MAILBOX, IN(mailbox, member)
    /* clang-format off */
    {"service", "url", take_url, TO(api_url)},
    {"service", "key", take_secret, TO(api_key)},
    {"service", "key_file", take_secret_file, TO(api_key)},
    {"service", "spf_include", take_selector, TO(spf_include)},
    {"service", "dkim_selector", take_selector, TO(dkim_selector)},
    {"smtp", "server", take_server, TO(smtp)},
    {"smtp", "tls", take_tls, TO(smtp.tls)},
    {"smtp", "user", take_text, TO(user)},
    {"smtp", "password", take_secret, TO(password)},
    {"smtp", "password_file", take_secret_file, TO(password)},
    {"mailbox", "server", take_server, BOX(imap)},
    {"mailbox", "tls", take_tls, BOX(imap.tls)},
    {"mailbox", "user", take_text, BOX(user)},
    {"mailbox", "password", take_secret, BOX(password)},
    {"mailbox", "password_file", take_secret_file, BOX(password)},
    {"defaults", "via", take_via, TO(via)},
    {"defaults", "from", take_address, TO(from)},
    {"defaults", "to", take_address, TO(to)},
    {"defaults", "other_from", take_address, TO(other_from)},
    {"defaults", "free_to", take_address, TO(free_to)},
    {"general", "lang", take_lang, IN_LANG, 0, 8},
    {"general", "keep_days", take_days, TO(keep_days)},
    {"general", "limit", take_limit, TO(limit)},
    {"general", "wait", take_wait, TO(wait)},
    {"general", "dns", take_resolver, TO(dns)},
    {"general", "ca_file", take_file, TO(ca_file)},
    {"report", "paper", take_paper, IN_PAPER, IN(paper, size)},
    {"report", "printer", take_word, TO(printer.queue)},
    {"report", "print_server", take_server, TO(printer.server)},
    {"report", "clipboard", take_yes, IN_PAPER, IN(paper, clipboard)},
    {"report", "media", take_word, TO(printer.media)},
    /* clang-format on */
};

#define ENTRIES (sizeof(entries) / sizeof(*entries))

/* A file while it is read. The first problem counts. */
struct source {
    const char *path;
    const char *text; /* what is left of it */
    int line, section_line;
    struct settings *settings;
    char *lang;
    struct paper *paper;
    struct mailbox *mailbox; /* of the section that is read, or NULL */
    char section[ADDRESS_MAX + 16];
    bool seen[ENTRIES]; /* in this section */
    bool has_secret;
    enum text_id problem;
    int problem_line;
    char option[64], value[ADDRESS_MAX + 16];
};

static int fail(struct source *source, enum text_id problem, const char *option,
                const char *value)
{
    if (source->problem == T_NONE) {
        source->problem = problem;
        source->problem_line = source->line;
        snprintf(source->option, sizeof(source->option), "%s", option);
        snprintf(source->value, sizeof(source->value), "%s", value);
    }
    return 0;
}

static bool others_can_read(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_mode & (S_IRGRP | S_IROTH);
}

/* inih tells of a section only with its first key. */
static int fail_section(struct source *source, enum text_id problem)
{
    int line = source->line;

    source->line = source->section_line;
    fail(source, problem, "", source->section);
    source->line = line;
    return 0;
}

/* "mailbox ADDRESS" begins a mailbox, or goes on with one of that address. */
static int enter_mailbox(struct source *source, const char *address)
{
    struct settings *settings = source->settings;
    char checked[ADDRESS_MAX];

    if (take_address(checked, sizeof(checked), address) != T_NONE)
        return fail_section(source, T_CONFIG_SECTION);
    for (int i = 0; i < settings->mailbox_count && !source->mailbox; i++)
        if (strcasecmp(settings->mailboxes[i].address, checked) == 0)
            source->mailbox = &settings->mailboxes[i];
    if (source->mailbox)
        return 1;
    if (settings->mailbox_count == MAILBOXES_MAX)
        return fail_section(source, T_CONFIG_MAILBOXES);
    source->mailbox = &settings->mailboxes[settings->mailbox_count++];
    memset(source->mailbox, 0, sizeof(*source->mailbox));
    memcpy(source->mailbox->address, checked, sizeof(checked));
    memcpy(source->mailbox->user, checked, sizeof(checked));
    source->mailbox->imap.port = IMAPS_PORT;
    source->mailbox->imap.tls = TLS_IMPLICIT;
    return 1;
}

static int enter(struct source *source, const char *section)
{
    snprintf(source->section, sizeof(source->section), "%s", section);
    memset(source->seen, 0, sizeof(source->seen));
    source->mailbox = NULL;
    if (strncmp(section, "mailbox ", 8) == 0)
        return enter_mailbox(source, section + 8);
    for (size_t i = 0; i < ENTRIES; i++)
        if (entries[i].holder != IN_MAILBOX &&
            strcmp(entries[i].section, section) == 0)
            return 1;
    return fail_section(source, T_CONFIG_SECTION);
}

static const struct entry *find(const struct source *source, const char *key)
{
    const char *section = source->mailbox ? "mailbox" : source->section;

    for (size_t i = 0; i < ENTRIES; i++)
        if (strcmp(entries[i].section, section) == 0 &&
            strcmp(entries[i].key, key) == 0)
            return &entries[i];
    return NULL;
}

static void *place_of(struct source *source, const struct entry *entry)
{
    switch (entry->holder) {
    case IN_MAILBOX:
        return (char *)source->mailbox + entry->offset;
    case IN_LANG:
        return source->lang;
    case IN_PAPER:
        return (char *)source->paper + entry->offset;
    default:
        return (char *)source->settings + entry->offset;
    }
}

/* A file that an entry names: by its whole path, and where it holds a secret
 * for its owner's eyes only. */
static int check_file(struct source *source, const struct entry *entry,
                      const char *path)
{
    struct stat status;

    if (entry->take != take_secret_file && entry->take != take_file)
        return 1;
    if (path[0] != '/')
        return fail(source, T_CONFIG_ABSOLUTE, entry->key, path);
    if (entry->take == take_secret_file && stat(path, &status) == 0 &&
        others_can_read(&status)) {
        say_line(stderr, T_CONFIG_OPEN_SECRET,
                 (struct blank[]){{"file", path}, {NULL, NULL}});
        return fail(source, T_COUNT, "", "");
    }
    return 1;
}

static int take_entry(void *arg, const char *section, const char *key,
                      const char *value)
{
    struct source *source = arg;
    const struct entry *entry;
    enum text_id problem;

    if (strcmp(section, source->section) != 0 && !enter(source, section))
        return 0;
    entry = find(source, key);
    if (!entry)
        return fail(source, T_CONFIG_KEY, key, section);
    if (source->seen[entry - entries])
        return fail(source, T_CONFIG_TWICE, key, "");
    source->seen[entry - entries] = true;
    if (!check_file(source, entry, value))
        return 0;
    problem = entry->take(place_of(source, entry), entry->size, value);
    if (problem != T_NONE)
        return fail(source, problem, key, value);
    if (entry->take == take_secret)
        source->has_secret = true;
    return 1;
}

/* One line for inih, which would take the rest of a long one for another. */
static char *next_line(char *line, int size, void *arg)
{
    struct source *source = arg;
    size_t length = strcspn(source->text, "\n");

    if (!*source->text)
        return NULL;
    source->line++;
    if (source->text[strspn(source->text, " \t")] == '[')
        source->section_line = source->line;
    if (length + 1 >= (size_t)size) {
        fail(source, T_CONFIG_LONG, "", "");
        return NULL;
    }
    memcpy(line, source->text, length);
    line[length] = '\0';
    source->text += length + (source->text[length] == '\n');
    return line;
}

static int say_problem(const struct source *source)
{
    char line[16];
    struct blank blanks[] = {{"file", source->path},
                             {"line", line},
                             {"option", source->option},
                             {"value", source->value},
                             {NULL, NULL}};

    snprintf(line, sizeof(line), "%d", source->problem_line);
    if (source->problem != T_COUNT) {
        if (source->problem_line > 0)
            say(stderr, T_CONFIG_PLACE, blanks);
        say_line(stderr, source->problem, blanks);
    }
    return STATUS_CONFIG;
}

static int parse(struct source *source, const struct stat *status)
{
    int bad = ini_parse_stream(next_line, source, take_entry, source);
    bool safe = take_is_safe(&source->settings->smtp);

    if (bad > 0 && (source->problem == T_NONE || bad < source->problem_line)) {
        source->problem = T_CONFIG_LINE;
        source->problem_line = bad;
    }
    if (source->problem != T_NONE)
        return say_problem(source);
    source->line = 0;
    if (source->has_secret && others_can_read(status))
        fail(source, T_CONFIG_OPEN_SECRET, "", "");
    for (int i = 0; i < source->settings->mailbox_count; i++)
        safe = safe && take_is_safe(&source->settings->mailboxes[i].imap);
    if (!safe)
        fail(source, T_CONFIG_PLAIN, "", "");
    return source->problem == T_NONE ? CONTINUE : say_problem(source);
}

/* All of the file, at most `size` bytes with a NUL; -1: more, or unreadable. */
static ssize_t read_all(int fd, char *text, size_t size)
{
    size_t length = 0;
    ssize_t got;

    while ((got = read(fd, text + length, size - length)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        length += (size_t)got;
        if (length == size) {
            errno = EFBIG;
            return -1;
        }
    }
    text[length] = '\0';
    return (ssize_t)length;
}

/* `must`: it was asked for by name. */
static int read_file(struct source source, const char *path, bool must)
{
    struct stat status;
    int result = CONTINUE;
    char *text = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    source.path = path;
    if (fd < 0 && !must &&
        (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
        return CONTINUE;
    text = malloc(FILE_MAX);
    if (fd < 0 || !text || fstat(fd, &status) != 0 ||
        read_all(fd, text, FILE_MAX) < 0) {
        source.problem = errno == EFBIG ? T_CONFIG_BIG : T_CONFIG_OPEN;
        result = say_problem(&source);
        goto out;
    }
    source.text = text;
    result = parse(&source, &status);
out:
    if (text)
        explicit_bzero(text, FILE_MAX);
    explicit_bzero(source.value, sizeof(source.value));
    free(text);
    if (fd >= 0)
        close(fd);
    return result;
}

/* $XDG_CONFIG_HOME, or what it is where it is not set. */
static bool own_path(char *path, size_t size)
{
    const char *folder = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    int length = -1;

    if (folder && *folder)
        length = snprintf(path, size, "%s%s", folder, CONFIG_NAME);
    else if (home && *home)
        length = snprintf(path, size, "%s/.config%s", home, CONFIG_NAME);
    return length > 0 && (size_t)length < size;
}

int config_read(struct settings *settings, char *lang, struct paper *paper,
                const char *path)
{
    struct source source = {.settings = settings, .lang = lang, .paper = paper};
    char own[PATH_TEXT_MAX];
    int status;

    settings_init(settings);
    settings->limit = settings->wait = SETTLE_DEFAULT;
    if (path)
        return read_file(source, path, true);
    status = read_file(source, SYSCONFDIR CONFIG_NAME, false);
    if (status == CONTINUE && own_path(own, sizeof(own)))
        status = read_file(source, own, false);
    return status;
}
