/* SPDX-License-Identifier: MIT */
/* Connections and their threads. */
#include "net/practice/crowd.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int door_open(struct door *door, crowd_session *session, void *arg,
              const char *full, struct error *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof(address);

    *door = (struct door){.session = session, .arg = arg, .full = full};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    door->listener =
        socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (door->listener < 0 ||
        bind(door->listener, (struct sockaddr *)&address, length) != 0 ||
        listen(door->listener, CROWD_MAX) != 0 ||
        getsockname(door->listener, (struct sockaddr *)&address, &length) !=
            0) {
        error_set(err, "cannot listen on loopback: %s", strerror(errno));
        door_close(door);
        return -1;
    }
    door->port = ntohs(address.sin_port);
    return 0;
}

void door_close(struct door *door)
{
    if (door->listener >= 0)
        close(door->listener);
    door->listener = -1;
}

void crowd_init(struct crowd *crowd)
{
    memset(crowd, 0, sizeof(*crowd));
    pthread_mutex_init(&crowd->lock, NULL);
}

/* The descriptor is closed under the lock, so that nobody can shut down one
 * that belongs to somebody else by then. */
static void *attend(void *arg)
{
    struct guest *guest = arg;

    guest->door->session(guest->fd, guest->door->arg);
    pthread_mutex_lock(&guest->crowd->lock);
    close(guest->fd);
    guest->fd = -1;
    guest->done = true;
    pthread_mutex_unlock(&guest->crowd->lock);
    return NULL;
}

/* A place that is free, or is left by now. */
static struct guest *free_place(struct crowd *crowd)
{
    struct guest *guest = NULL;

    pthread_mutex_lock(&crowd->lock);
    for (int i = 0; i < CROWD_MAX && !guest; i++)
        if (!crowd->guests[i].taken || crowd->guests[i].done)
            guest = &crowd->guests[i];
    pthread_mutex_unlock(&crowd->lock);
    if (guest && guest->taken)
        pthread_join(guest->thread, NULL);
    if (guest)
        guest->taken = guest->done = false;
    return guest;
}

static int start(struct guest *guest)
{
    pthread_attr_t attributes;
    int result;

    if (pthread_attr_init(&attributes) != 0)
        return -1;
    pthread_attr_setstacksize(&attributes, CROWD_STACK);
    result = pthread_create(&guest->thread, &attributes, attend, guest);
    pthread_attr_destroy(&attributes);
    return result == 0 ? 0 : -1;
}

void crowd_admit(struct crowd *crowd, const struct door *door)
{
    int fd = accept4(door->listener, NULL, NULL, SOCK_CLOEXEC);
    struct guest *guest;

    if (fd < 0)
        return;
    guest = free_place(crowd);
    if (guest) {
        guest->fd = fd;
        guest->door = door;
        guest->crowd = crowd;
        guest->taken = start(guest) == 0;
    }
    if (!guest || !guest->taken) {
        send(fd, door->full, strlen(door->full), MSG_NOSIGNAL | MSG_DONTWAIT);
        close(fd);
    }
}

void crowd_release(struct crowd *crowd)
{
    pthread_mutex_lock(&crowd->lock);
    for (int i = 0; i < CROWD_MAX; i++)
        if (crowd->guests[i].taken && !crowd->guests[i].done)
            shutdown(crowd->guests[i].fd, SHUT_RDWR);
    pthread_mutex_unlock(&crowd->lock);
    for (int i = 0; i < CROWD_MAX; i++)
        if (crowd->guests[i].taken)
            pthread_join(crowd->guests[i].thread, NULL);
    pthread_mutex_destroy(&crowd->lock);
}
