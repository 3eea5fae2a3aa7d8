/** English strings of the board. Keys begin with `board.`. */
export const boardMessages = {
	"board.name": "Board",
} as const;
