/** What who runs this did not get, in a sentence. */
export class UserError extends Error {
	override readonly name = "UserError";
}
