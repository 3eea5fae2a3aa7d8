/** The numbers that keep photos from taking the server's memory, disk and time. */

/** See each. Handed in, so that tests can make them small and an operator can change them. */
export const photoLimits = {
	/** Photos of one room, removed ones included, because those can be restored. */
	roomPhotosMax: 2_000,
	/** Bytes of all full sizes of one room. */
	roomBytesMax: 8 * 1000 * 1000 * 1000,
	/** Photos of one person in one room: a whole wedding, but not a thousand by a script. */
	userPhotosMax: 500,
	/** Uploads that are received or waiting for the image process: 32 x 20 MB of temp files. */
	uploadsMax: 64,
	/** The same for one person: a script that sends twenty at once, not one that sends hundreds. */
	userUploadsMax: 24,
	/** Free bytes that photos leave on the disk, so that the room log never starves of them. */
	diskReserveBytes: 256 * 1000 * 1000,
	/** Rooms whose photos are remembered by blob, so that a picture costs no scan of records. */
	indexedRoomsMax: 50,
} as const;

/** The same numbers, changed or not. */
export type PhotoLimits = { readonly [Name in keyof typeof photoLimits]: number };

/** The numbers of the image process. */
export const imageLimits = {
	/** Jobs that wait for the one process. The one at work is not counted. */
	queueMax: 64,
	/** Most computing for one job: the slowest picture within all other limits took 2.7 s. */
	jobCpuMsMax: 10_000,
	/** Longest job by the clock, for a process that hangs. A busy machine alone is no reason. */
	jobMsMax: 60_000,
	/** How long the process stays when nothing is to do. */
	idleMs: 30_000,
	/** Heap of the process's JavaScript, which does next to nothing. */
	heapMegabytesMax: 64,
	/** Memory of the process. A progressive JPEG of 50 megapixels, turned, takes 455 MB. */
	processBytesMax: 640 * 1000 * 1000,
	/** A process that holds more than this after a job ends; after most it holds 110 MB. */
	restBytesMax: 256 * 1000 * 1000,
} as const;

/** The same numbers, changed or not. */
export type ImageLimits = { readonly [Name in keyof typeof imageLimits]: number };
