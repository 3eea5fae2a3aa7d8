/** English strings of the home page, the room's frame, people, sharing and the light. Keys begin with `frame.`. */
export const frameMessages = {
	"frame.name": "Weft",
} as const;
