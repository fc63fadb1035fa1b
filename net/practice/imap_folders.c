/* SPDX-License-Identifier: MIT */
/* Folders: listed, selected, counted. */
#include <stdio.h>
#include <string.h>

#include "net/practice/imap_session.h"

/* One number for all folders of one run: the moment when it began. */
static unsigned long validity(const struct imap_session *session)
{
    return (unsigned long)session->server->world->calendar;
}

/* Words in brackets, which are read and not looked at. */
static bool skip_words(struct cursor *args, bool *special)
{
    char word[64];

    if (!cursor_sign(args, '('))
        return false;
    while (!cursor_sign(args, ')')) {
        cursor_sign(args, ' ');
        if (cursor_word(args, "SPECIAL-USE"))
            *special = true;
        else if (!cursor_atom(args, word, sizeof(word)))
            return false;
    }
    return true;
}

/* What LIST wants: up to four patterns, maybe flagged folders only. */
struct wish {
    char patterns[4][IMAP_TEXT_MAX];
    int count;
    bool special;
    bool below; /* some folder's children, of which there are none */
};

static bool read_patterns(struct wish *wish, struct cursor *args)
{
    bool list = cursor_sign(args, '(');

    do {
        if (wish->count == 4 ||
            !cursor_pattern(args, wish->patterns[wish->count++], IMAP_TEXT_MAX))
            return false;
    } while (list && cursor_sign(args, ' '));
    return !list || cursor_sign(args, ')');
}

/* LIST of RFC 5258: [(options) ]reference pattern[ RETURN (options)] */
static bool read_wish(struct wish *wish, struct cursor *args)
{
    char reference[IMAP_TEXT_MAX];
    bool ignored = false;

    *wish = (struct wish){.count = 0};
    if (!cursor_is_end(args) && *args->at == '(' &&
        !(skip_words(args, &wish->special) && cursor_sign(args, ' ')))
        return false;
    if (!cursor_astring(args, reference, sizeof(reference)) ||
        !cursor_sign(args, ' ') || !read_patterns(wish, args))
        return false;
    wish->below = *reference != '\0';
    if (cursor_sign(args, ' ') &&
        !(cursor_word(args, "RETURN") && cursor_sign(args, ' ') &&
          skip_words(args, &ignored)))
        return false;
    return cursor_is_end(args);
}

static bool is_wished(const struct wish *wish, enum folder folder)
{
    const char *name = imap_folder_name(folder);

    if (wish->below || (wish->special && folder != FOLDER_JUNK))
        return false;
    for (int i = 0; i < wish->count; i++)
        if (pattern_fits(wish->patterns[i], name) ||
            imap_folder_from(wish->patterns[i]) == folder)
            return true;
    return false;
}

static int list(struct imap_session *session, struct cursor *args,
                const char *label)
{
    struct wish wish;

    if (!read_wish(&wish, args))
        return imap_garbled(session);
    /* The way to ask for the sign between folders (RFC 3501, 6.3.8). */
    if (wish.count == 1 && !*wish.patterns[0])
        lines_say(&session->lines, "* %s (\\Noselect) \"/\" \"\"", label);
    for (int folder = 0; folder < FOLDER_COUNT; folder++)
        if (is_wished(&wish, (enum folder)folder))
            lines_say(&session->lines, "* %s (\\HasNoChildren%s) \"/\" \"%s\"",
                      label, folder == FOLDER_JUNK ? " \\Junk" : "",
                      imap_folder_name((enum folder)folder));
    return imap_done(session, "OK Listed");
}

int imap_on_list(struct imap_session *session, struct cursor *args)
{
    return list(session, args, "LIST");
}

int imap_on_lsub(struct imap_session *session, struct cursor *args)
{
    return list(session, args, "LSUB");
}

static enum folder read_folder(struct cursor *args)
{
    char name[IMAP_TEXT_MAX];

    return cursor_astring(args, name, sizeof(name)) ? imap_folder_from(name)
                                                    : FOLDER_COUNT;
}

/* Mails by now, and a uid above all of theirs. */
static unsigned long count_mails(struct imap_view *view,
                                 unsigned long *next_uid)
{
    struct world *world = view->world;
    unsigned long count;

    world_lock(world);
    count = imap_view_count(view, world_now(world));
    *next_uid = world_landed(world, world_now(world)) + 1;
    world_unlock(world);
    return count;
}

/* "(WORD WORD)", answered as it is asked. */
static bool put_status(struct pile *out, struct cursor *args,
                       const struct imap_session *session,
                       struct imap_view *view)
{
    unsigned long next_uid, count = count_mails(view, &next_uid);
    const struct {
        const char *word;
        unsigned long number;
    } items[] = {{"MESSAGES", count},
                 {"UNSEEN", count},
                 {"RECENT", 0},
                 {"UIDNEXT", next_uid},
                 {"UIDVALIDITY", validity(session)}};
    const char *gap = "";

    do {
        size_t i = 0;

        while (i < 5 && !cursor_word(args, items[i].word))
            i++;
        if (i == 5)
            return false;
        pile_format(out, "%s%s %lu", gap, items[i].word, items[i].number);
        gap = " ";
    } while (cursor_sign(args, ' '));
    return cursor_sign(args, ')') && cursor_is_end(args);
}

int imap_on_status(struct imap_session *session, struct cursor *args)
{
    struct imap_view view = session->view;
    struct pile out;
    bool good;

    view.folder = read_folder(args);
    if (view.folder == FOLDER_COUNT)
        return imap_done(session, "NO [NONEXISTENT] No such folder");
    pile_init(&out, IMAP_TEXT_MAX);
    good = cursor_sign(args, ' ') && cursor_sign(args, '(') &&
           put_status(&out, args, session, &view) && !out.over;
    if (good)
        lines_say(&session->lines, "* STATUS \"%s\" (%s)",
                  imap_folder_name(view.folder), out.bytes);
    pile_release(&out);
    return good ? imap_done(session, "OK Counted") : imap_garbled(session);
}

static int select_folder(struct imap_session *session, struct cursor *args)
{
    enum folder folder = read_folder(args);
    unsigned long count, next_uid;

    session->state = STATE_INSIDE;
    if (folder == FOLDER_COUNT)
        return imap_done(session, "NO [NONEXISTENT] No such folder");
    if (!cursor_is_end(args))
        return imap_garbled(session);
    session->view.folder = folder;
    count = count_mails(&session->view, &next_uid);
    session->view.count = count;
    lines_say(&session->lines,
              "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
              "* OK [PERMANENTFLAGS ()] Nothing is marked here\r\n"
              "* %lu EXISTS\r\n* 0 RECENT\r\n"
              "* OK [UIDVALIDITY %lu] Valid\r\n* OK [UIDNEXT %lu] Next",
              count, validity(session), next_uid);
    session->state = STATE_SELECTED;
    return imap_done(session, "OK [READ-ONLY] Selected");
}

int imap_on_select(struct imap_session *session, struct cursor *args)
{
    return select_folder(session, args);
}

int imap_on_examine(struct imap_session *session, struct cursor *args)
{
    return select_folder(session, args);
}

int imap_on_close(struct imap_session *session, struct cursor *args)
{
    (void)args;
    session->state = STATE_INSIDE;
    return imap_done(session, "OK Closed");
}
