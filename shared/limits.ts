/**
 * The numbers that both ends must agree on. What only the server needs to know stands in
 * server/config.ts.
 */

/** Longest room name, in bytes of UTF-8. Fits one length byte of a key, and any address bar. */
export const roomNameBytesMax = 128;

/**
 * Largest doc of a room, and so the largest update: a stock client with an offline copy sends all
 * of it as one frame. 100,000 pen strokes are about 17 MB.
 */
export const roomBytesMax = 64 * 1024 * 1024;

/** Largest frame on a socket: the largest update and its few bytes of head. */
export const frameBytesMax = roomBytesMax + 64;

/** Largest state vector: some 100,000 client ids. Read, it takes thirty times its bytes. */
export const stateVectorBytesMax = 1024 * 1024;

/** Largest awareness state of one person as it is sent, in UTF-16 code units of JSON. */
export const awarenessBytesMax = 4 * 1024;

/**
 * Most states in one awareness frame: a stock client echoes those of everybody in a room. Read at
 * once, a frame of nothing but states would take gigabytes.
 */
export const awarenessStatesMax = 10_000;

/** Longest name of a person, in UTF-16 code units, after trimming. */
export const personNameLengthMax = 40;

/** Shortest password of an account, in UTF-16 code units (NIST SP 800-63B, section 5.1.1.2). */
export const passwordLengthMin = 8;

/** Longest one: more is no safer, and each is hashed. */
export const passwordLengthMax = 256;

/** Longest title of a room, in UTF-16 code units. */
export const roomTitleLengthMax = 120;

/** Largest chunk of ink in the making: a few hundred points. */
export const inkBytesMax = 8 * 1024;

/** Ink messages a second and person; a display that reports 120 points a second packs four. */
export const inkPerSecondMax = 40;

/** Longest body of a chat message, in UTF-16 code units. */
export const chatBodyLengthMax = 4_000;

/** Longest caption of a photo, in UTF-16 code units. */
export const captionLengthMax = 1_000;

/** Longest text of an item of the board that the app writes, in UTF-16 code units. */
export const itemTextLengthMax = 5_000;

/**
 * Longest one that a server lets grow: as if sixteen people had filled the same note while apart.
 * Nobody honest is refused.
 */
export const itemTextStoredMax = 16 * itemTextLengthMax;

/** Longest address behind a link in the document, in UTF-16 code units. */
export const linkLengthMax = 2_048;

/** Largest photo as it is uploaded. */
export const photoBytesMax = 20 * 1000 * 1000;

/** Most pixels of a photo: more would cost its decoder over 200 MB. */
export const photoPixelsMax = 50 * 1000 * 1000;
