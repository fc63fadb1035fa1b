/* SPDX-License-Identifier: MIT */
/* The least that a list of choices on ncurses can be: what the wizard's
 * memory is measured against. */
#include <curses.h>
#include <locale.h>

int main(void)
{
    int focus = 0, key = 0;

    setlocale(LC_CTYPE, "");
    newterm(NULL, stdout, stdin);
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    while (key != 'q') {
        for (int row = 0; row < 8; row++) {
            attrset(row == focus ? A_REVERSE : A_NORMAL);
            mvprintw(row, 0, "%d. Una línea de la lista", row + 1);
        }
        refresh();
        key = getch();
        if (key == KEY_DOWN || key == KEY_UP)
            focus = (focus + (key == KEY_DOWN ? 1 : 7)) % 8;
    }
    endwin();
    return 0;
}
