/** Colours that people are told apart by, and choose among; 4.5:1 with white letters on them. */
export const personColors = [
	"#b3261e",
	"#a34a00",
	"#7a5b00",
	"#3f6b1d",
	"#0b6b5d",
	"#00668b",
	"#2f5bb7",
	"#6a4bc0",
	"#93358f",
	"#a8315f",
] as const;
