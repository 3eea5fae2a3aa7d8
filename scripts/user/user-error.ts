import type { FailureCode } from "../../shared/errors.ts";

/** What who runs this did not get, in a sentence. */
export class UserError extends Error {
	override readonly name = "UserError";
	/** What the server answered; null where it was not asked. */
	readonly code: FailureCode | null;

	constructor(message: string, code: FailureCode | null = null) {
		super(message);
		this.code = code;
	}
}
