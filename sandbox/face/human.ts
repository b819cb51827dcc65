import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Human as HumanClass } from '@vladmandic/human';
import type { SeenFace } from './sighting';

const humanFolder = dirname(dirname(require.resolve('@vladmandic/human/package.json')));
