/** Rows of one teacher in one section: more than anybody has, and few enough for a section to fit a message (1 MB). */
export const mostRows = 200;
