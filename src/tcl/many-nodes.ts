/// <reference path="./node-copies.d.ts" />
/** Hands the copies that the build makes of the node library to the engine. Imported by what runs scripts for users. */
import { copies } from 'virtual:node-copies';
import { useNodeCopies } from './node-copies.ts';

useNodeCopies(copies);
