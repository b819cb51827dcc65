import type { IBuilderHint } from 'n8n-workflow';

/** What every workflow with one of these nodes must do. Prose: the lint rule no-builder-hint-leakage allows no expressions. */
const BRANCH =
	'Branch on decision (pass, review, fail): set options.routeByDecision to true and connect all three outputs (0 fail, 1 review, 2 pass), or use a Switch. A person decides on review. Never branch on a score, or on a field being absent.';

/**
 * What n8n's AI workflow builder is told of a node when it searches for one (n8n 2.10; earlier versions ignore it). `own` says
 * what the node needs and gives; `records` says what a Data Table is for here, where it is for anything.
 */
export function builderHint(own: string, records?: string): IBuilderHint {
	const related = [
		['switch', 'One rule each for pass, review and fail'],
		['if', 'Continue only where decision is pass'],
		['formTrigger', 'Takes the photo: a required file field with Multiple Files off'],
		...(records === undefined ? [] : [['dataTable', records]]),
	];
	return {
		searchHint: `${own} ${BRANCH}`,
		relatedNodes: related.map(([name, relationHint]) => ({
			nodeType: `n8n-nodes-base.${name}`,
			relationHint: relationHint!,
		})),
	};
}
