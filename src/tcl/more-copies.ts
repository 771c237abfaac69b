/// <reference path="./node-copies.d.ts" />
/** Copies of the node library beyond those a worker starts with. */
import { copies } from 'virtual:more-node-copies';

export const moreCopies = () => copies;
