"""The network of many documents: what the page, the exports and a notebook are made from.

from extractor.graph import Network
network = Network.of([extractor.extract(text)])
"""

from extractor.graph.network import Article, Network, Node, Place, Proof, Tie

__all__ = ["Article", "Network", "Node", "Place", "Proof", "Tie"]
