/**
 * Registers the gradients of TensorFlow.js' operations. tfjs-core's Node bundle leaves them out; of the packages that load in Node,
 * tfjs-layers is the one that brings them. Imported for this effect alone.
 */
import '@tensorflow/tfjs-layers';
