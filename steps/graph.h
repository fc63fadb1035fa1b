/* SPDX-License-Identifier: MIT */
/* The walk as a graph: all steps, where it begins, what follows what. */
#ifndef STEPS_GRAPH_H
#define STEPS_GRAPH_H

#include "steps/settings.h"
#include "steps/step.h"
#include "steps/trail.h"

/* Every step, ended by NULL; the first is where a walk begins. */
const struct step *const *graph_steps(void);

/* A step by its name, or NULL; also one of those before a walk. */
const struct step *graph_find(const char *name);

/* A choice of a step by its name, or NULL. */
const struct choice *graph_choice(const struct step *step, const char *name);

/* The step after the present one, once its choice was made; NULL at the end
 * of the walk, or while no choice was made. */
const struct step *graph_next(const struct trail *trail,
                              const struct settings *settings);

/* The choices offered once the step's tests are done, in order; returns how
 * many. */
size_t graph_choices(const struct trail *trail, const struct settings *settings,
                     const struct choice *choices[STEP_CHOICES_MAX]);

/* The choice that has the focus at first: the one chosen before on this step,
 * else the recommended one; never one that acts. */
const struct choice *graph_default(const struct trail *trail,
                                   const struct settings *settings);

/* The section of the present step; never SECTION_SAME. */
enum section graph_section(const struct trail *trail);

/* How the sections stand: done, current or to come; for the overview. */
enum standing {
    STANDING_TO_COME,
    STANDING_CURRENT,
    STANDING_DONE,
    STANDING_SKIPPED
};
enum standing graph_standing(const struct trail *trail, enum section section);

/* "Step 3 of about 6": both counted in sections that this walk visits. */
void graph_progress(const struct trail *trail, int *step, int *of);

#endif
