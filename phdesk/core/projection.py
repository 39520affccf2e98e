"""The projection of the world map: Equal Earth, which shows areas in their true ratio."""

import math

NORTH, SOUTH = 83.7, -56.0  # degrees; beyond is ice


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees to Equal Earth (Šavrič, Patterson, Jenny 2018), y growing downwards."""
    latitude = min(max(latitude, SOUTH), NORTH)
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, -(a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1) * theta
