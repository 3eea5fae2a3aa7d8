/** English strings of the photos. Keys begin with `photos.`. */
export const photoMessages = {
	"photos.name": "Photos",
} as const;
