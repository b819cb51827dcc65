import { basename, posix } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import * as classes from '../../index';
import type { Service } from '../../nodes/shared/service';
import manifest from '../../package.json';

/** Returns an instance of each node that package.json lists, in its order. */
export const nodeClasses = (): INodeType[] =>
	manifest.n8n.nodes.map((file) => new classes[basename(posix.dirname(file)) as 'AuthenticateFace']());

/** The folder of each node that package.json lists, with its description and the service that it hands to `runService`. */
export const registeredNodes = manifest.n8n.nodes.map((file) => {
	const folder = basename(posix.dirname(file));
	const { description } = new classes[folder as 'AuthenticateFace']();
	const exported = jest.requireActual<Record<string, Service>>(`../../nodes/${folder}/service`);
	return { folder, description, service: exported[description.name]! };
});
