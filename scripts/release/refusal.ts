/** A release that must not be made, or not now; `message` says why and what to do. */
export class Refusal extends Error {
	override name = 'Refusal';
}
