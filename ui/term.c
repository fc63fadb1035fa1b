/* SPDX-License-Identifier: MIT */
/* The terminal: taken over, painted, and given back on every way out. */
#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "ui/rescue.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define CHUNK 4096
#define SIZE_TEXT 16
#define ESCAPE_LOCAL 0.025
#define ESCAPE_FAR 0.1 /* a network may tear a sequence apart */
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum pair { PAIR_NONE, PAIR_GOOD, PAIR_WARNING, PAIR_PROBLEM };

/* Words carry the meaning, attributes repeat it, colour comes last: never dim,
 * blue or blinking, which PuTTY makes unreadable. */
static const struct {
    attr_t attributes;
    short pair;
} looks[LOOK_COUNT] = {
    [LOOK_PLAIN] = {A_NORMAL, PAIR_NONE},
    [LOOK_BAR] = {A_REVERSE, PAIR_NONE},
    [LOOK_TITLE] = {A_BOLD, PAIR_NONE},
    [LOOK_FOCUS] = {A_REVERSE, PAIR_NONE},
    [LOOK_FIELD] = {A_UNDERLINE, PAIR_NONE},
    [LOOK_GOOD] = {A_NORMAL, PAIR_GOOD},
    [LOOK_WARNING] = {A_BOLD, PAIR_WARNING},
    [LOOK_PROBLEM] = {A_REVERSE, PAIR_PROBLEM},
    [LOOK_UNKNOWN] = {A_UNDERLINE, PAIR_NONE},
    [LOOK_RUNNING] = {A_BOLD, PAIR_NONE},
};

/* The size of the window, within what a frame can be; 0 where unknown. */
static void measure(int *rows, int *columns)
{
    struct winsize size = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        memset(&size, 0, sizeof(size));
    *rows = size.ws_row < FRAME_ROWS_MAX ? size.ws_row : FRAME_ROWS_MAX;
    *columns =
        size.ws_col < FRAME_COLUMNS_MAX ? size.ws_col : FRAME_COLUMNS_MAX;
}

static void open_colours(bool wanted)
{
    static const struct {
        short pair, colour;
    } pairs[] = {
        {PAIR_GOOD, COLOR_GREEN},
        {PAIR_WARNING, COLOR_YELLOW},
        {PAIR_PROBLEM, COLOR_RED},
    };

    if (!wanted || !has_colors() || start_color() != OK ||
        use_default_colors() != OK)
        return;
    for (size_t i = 0; i < COUNT(pairs); i++)
        init_pair(pairs[i].pair, pairs[i].colour, -1);
}

static double escape_time(void)
{
    const char *wanted = getenv("ESCDELAY");
    long given = wanted ? strtol(wanted, NULL, 10) : 0;

    if (given > 0)
        return (double)(given < 1000 ? given : 1000) / 1000;
    return getenv("SSH_CONNECTION") ? ESCAPE_FAR : ESCAPE_LOCAL;
}

/* curses would take the size of our file, which is none; and a window of 65535
 * by 65535 must not become as many cells. */
static void tell_size(void)
{
    char text[SIZE_TEXT];
    int rows, columns;

    measure(&rows, &columns);
    if (rows <= 0 || columns <= 0)
        return;
    snprintf(text, sizeof(text), "%d", rows);
    setenv("LINES", text, 1);
    snprintf(text, sizeof(text), "%d", columns);
    setenv("COLUMNS", text, 1);
}

static void forget_size(void)
{
    unsetenv("LINES");
    unsetenv("COLUMNS");
}

/* curses writes each run of cells by itself, and over SSH each may become a
 * packet: it writes into memory, and we send that by one write. */
static FILE *open_out(void)
{
    int fd = memfd_create("screen", MFD_CLOEXEC);
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;

    if (!out && fd >= 0)
        close(fd);
    return out;
}

/* No flow control and no signals by keys: all of them are keys. */
static void take_modes(void)
{
    struct termios modes;

    if (tcgetattr(STDIN_FILENO, &modes) != 0)
        return;
    modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF | ICRNL | INLCR | IGNCR | BRKINT |
                                 PARMRK | ISTRIP);
    modes.c_oflag &= ~(tcflag_t)OPOST;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | ISIG | IEXTEN);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

int term_open(struct term *term, bool colour, struct error *err)
{
    memset(term, 0, sizeof(*term));
    if (rescue_check(err) != 0)
        return -1;
    show_open_terminal(&term->show);
    term->escape = escape_time();
    term->out = open_out();
    if (!term->out)
        return error_set(err, "no memory for a screen");
    setenv("NCURSES_NO_UTF8_ACS", "1", 0);
    tell_size();
    term->screen = newterm(NULL, term->out, stdin);
    forget_size();
    if (!term->screen) {
        fclose(term->out);
        return error_set(err, "TERM '%s' does not work", getenv("TERM"));
    }
    rescue_arm(&term->alternate);
    nonl();
    typeahead(-1);
    open_colours(colour);
    curs_set(1);
    term->rows = LINES;
    term->columns = COLS;
    return 0;
}

static void write_all(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = write(STDOUT_FILENO, bytes, length);

        if (sent < 0 && errno != EINTR)
            return; /* the terminal has gone; the keyboard will say so */
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}

static void send_all(struct term *term)
{
    int fd = fileno(term->out);
    off_t end = lseek(fd, 0, SEEK_CUR);
    char chunk[CHUNK];
    ssize_t got;

    for (off_t at = 0; at < end; at += got) {
        size_t wanted = end - at < CHUNK ? (size_t)(end - at) : CHUNK;

        got = pread(fd, chunk, wanted, at);
        if (got <= 0)
            break;
        write_all(chunk, (size_t)got);
    }
    lseek(fd, 0, SEEK_SET);
}

/* Goes the way of what curses writes, so that it is one write with it. */
static void mark_pastes(struct term *term, bool on)
{
    const char *text = on ? PASTE_ON : PASTE_OFF;

    if (term->pasting != on && write(fileno(term->out), text, strlen(text)) > 0)
        term->pasting = on;
}

void term_leave(struct term *term)
{
    if (!term->taken)
        return;
    mark_pastes(term, false);
    if (!term->alternate) {
        erase();
        refresh();
    }
    endwin();
    send_all(term);
    rescue_modes();
    clearok(curscr, TRUE);
    term->taken = false;
}

void term_plain(struct term *term)
{
    struct termios modes;

    term_leave(term);
    if (tcgetattr(STDIN_FILENO, &modes) != 0)
        return;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | ISIG | IEXTEN);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

void term_close(struct term *term)
{
    term_leave(term);
    rescue_disarm();
    delscreen(term->screen);
    fclose(term->out);
    show_close(&term->show);
}

void term_redraw(struct term *term)
{
    (void)term;
    clearok(curscr, TRUE);
}

void term_resize(struct term *term)
{
    int rows, columns;

    measure(&rows, &columns);
    if (rows > 0 && columns > 0 && (rows != LINES || columns != COLS)) {
        resize_term(rows, columns);
        clearok(curscr, TRUE);
    }
    term->rows = LINES;
    term->columns = COLS;
}

static attr_t attributes(enum look look)
{
    attr_t wanted = looks[look].attributes;

    /* Where one types must be seen. */
    return look == LOOK_FIELD && !(termattrs() & wanted) ? A_REVERSE : wanted;
}

void term_paint(struct term *term, const struct frame *frame, bool typing)
{
    if (!term->taken)
        take_modes();
    term->taken = true;
    erase();
    for (size_t i = 0; i < frame->count; i++) {
        const struct piece *piece = &frame->pieces[i];

        attr_set(attributes(piece->look), looks[piece->look].pair, NULL);
        mvaddnstr(piece->row, piece->column, frame->text + piece->start,
                  (int)piece->length);
    }
    attr_set(A_NORMAL, PAIR_NONE, NULL);
    move(frame->cursor_row, frame->cursor_column);
    refresh();
    mark_pastes(term, typing);
    send_all(term);
}
