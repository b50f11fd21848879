"""Trains one of Trainyard's image nets with Keras on one core; bench/keras.ts starts it.

Reads {"template", "images", "labels", "samples", "epochs"} as JSON from standard input and writes
{"seconds", "processorSeconds", "accuracy", "versions"} as the last line of standard output.
"""
import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import numpy as np
import tensorflow as tf
import keras
from keras import layers

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
keras.utils.set_random_seed(1)
job = json.load(sys.stdin)


def block(filters):
    return [layers.Conv2D(filters, 3, padding="same"), layers.MaxPooling2D(2), layers.ReLU()]


def dense(*widths):
    return [layers.Dense(width, activation="relu") for width in widths] + [layers.Dense(10)]


shape, net = {
    "MLP_784_128_10": ((784,), dense(128)),
    "MLP_784_64_64_10": ((784,), dense(64, 64)),
    "CNN_28X28": ((28, 28, 1), [*block(8), *block(16), layers.Flatten(), *dense(64)]),
}[job["template"]]
model = keras.Sequential([layers.Input(shape), *net])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])

x = (np.fromfile(job["images"], np.uint8).astype(np.float32) / 255).reshape(-1, *shape)
y = np.fromfile(job["labels"], np.uint16).astype(np.int64)
assert len(x) == len(y) == job["samples"]
# Tracing is not training: a few batches before the clock starts.
model.fit(x[:320], y[:320], batch_size=32, verbose=0)
wall, processor = time.perf_counter(), time.process_time()
model.fit(x, y, batch_size=32, epochs=job["epochs"], verbose=0)
seconds, processor_seconds = time.perf_counter() - wall, time.process_time() - processor
_, accuracy = model.evaluate(x, y, batch_size=256, verbose=0)
versions = f"Keras {keras.__version__}, TensorFlow {tf.__version__}, Python {sys.version.split()[0]}"
print(json.dumps({"seconds": seconds, "processorSeconds": processor_seconds, "accuracy": accuracy, "versions": versions}))
